-- AlterTable
ALTER TABLE "DailyCost" ADD COLUMN "split" TEXT;

-- CreateTable
CREATE TABLE "UsageFact" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "team" TEXT,
    "model" TEXT,
    "modelVersion" TEXT,
    "stage" TEXT,
    "environment" TEXT,
    "feature" TEXT,
    "costCenter" TEXT,
    "experiment" TEXT,
    "provider" TEXT,
    "service" TEXT,
    "quantityMicros" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "JobRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "job" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "claimedBy" TEXT NOT NULL,
    "claimedUntil" DATETIME NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "nextAttemptAt" DATETIME,
    "error" TEXT
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "workspace" TEXT,
    "channel" TEXT NOT NULL,
    "threadKey" TEXT,
    "view" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "nextAttemptAt" DATETIME NOT NULL,
    "sentAt" DATETIME,
    "ref" TEXT,
    "error" TEXT
);

-- CreateTable
CREATE TABLE "ReportRecord" (
    "scope" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "currency" TEXT NOT NULL,
    "figures" TEXT NOT NULL,

    PRIMARY KEY ("scope", "week")
);

-- CreateTable
CREATE TABLE "Subscription" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "platform" TEXT NOT NULL,
    "workspace" TEXT,
    "target" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "timeZone" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Pin" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "platform" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    "author" TEXT,
    "command" TEXT,
    "pinnedBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "reportedIn" TEXT
);

-- CreateTable
CREATE TABLE "PostedAnswer" (
    "platform" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("platform", "channel", "messageId")
);

-- CreateIndex
CREATE INDEX "UsageFact_metric_day_idx" ON "UsageFact"("metric", "day");

-- CreateIndex
CREATE INDEX "UsageFact_model_day_idx" ON "UsageFact"("model", "day");

-- CreateIndex
CREATE INDEX "UsageFact_source_day_idx" ON "UsageFact"("source", "day");

-- CreateIndex
CREATE INDEX "JobRun_status_nextAttemptAt_idx" ON "JobRun"("status", "nextAttemptAt");

-- CreateIndex
CREATE UNIQUE INDEX "JobRun_job_slot_key" ON "JobRun"("job", "slot");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_key_key" ON "OutboxMessage"("key");

-- CreateIndex
CREATE INDEX "OutboxMessage_status_nextAttemptAt_idx" ON "OutboxMessage"("status", "nextAttemptAt");

-- CreateIndex
CREATE UNIQUE INDEX "Subscription_platform_target_scope_frequency_key" ON "Subscription"("platform", "target", "scope", "frequency");

-- CreateIndex
CREATE INDEX "Pin_team_reportedIn_idx" ON "Pin"("team", "reportedIn");

-- CreateIndex
CREATE UNIQUE INDEX "Pin_platform_channel_messageId_team_key" ON "Pin"("platform", "channel", "messageId", "team");

-- CreateIndex
CREATE INDEX "DailyCost_feature_day_idx" ON "DailyCost"("feature", "day");

-- CreateIndex
CREATE INDEX "DailyCost_service_day_idx" ON "DailyCost"("service", "day");
