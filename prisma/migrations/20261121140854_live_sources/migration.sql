-- CreateTable
CREATE TABLE "SourceState" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "runningBy" TEXT,
    "runningUntil" DATETIME,
    "runningSince" DATETIME,
    "cursor" TEXT,
    "coveredFrom" TEXT,
    "coveredThrough" TEXT,
    "backfillTo" TEXT,
    "lastStartedAt" DATETIME,
    "lastEndedAt" DATETIME,
    "lastSuccessAt" DATETIME,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failingSince" DATETIME,
    "error" TEXT,
    "hint" TEXT,
    "warnings" TEXT NOT NULL DEFAULT '[]',
    "nextAttemptAt" DATETIME,
    "toldAt" DATETIME
);

-- CreateTable
CREATE TABLE "SourceRequests" (
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "costMicros" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    PRIMARY KEY ("source", "day")
);

-- CreateTable
CREATE TABLE "Restatement" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "billingAccount" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "billedBefore" TEXT,
    "billedAfter" TEXT,
    "effectiveBefore" TEXT,
    "effectiveAfter" TEXT,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "MeteredUsage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "meter" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "tags" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Estimate" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "llmModel" TEXT NOT NULL,
    "team" TEXT,
    "model" TEXT,
    "modelVersion" TEXT,
    "stage" TEXT,
    "environment" TEXT,
    "feature" TEXT,
    "costCenter" TEXT,
    "experiment" TEXT,
    "currency" TEXT NOT NULL,
    "micros" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "EstimateCheck" (
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "llmModel" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "estimatedMicros" BIGINT NOT NULL,
    "billedMicros" BIGINT NOT NULL,
    "checkedAt" DATETIME NOT NULL,

    PRIMARY KEY ("source", "day", "llmModel", "currency")
);

-- CreateTable
CREATE TABLE "HourlyCost" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "hour" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "team" TEXT,
    "model" TEXT,
    "modelVersion" TEXT,
    "stage" TEXT,
    "environment" TEXT,
    "feature" TEXT,
    "costCenter" TEXT,
    "experiment" TEXT,
    "provider" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "region" TEXT,
    "account" TEXT,
    "category" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "billedMicros" BIGINT,
    "effectiveMicros" BIGINT
);

-- CreateTable
CREATE TABLE "Evidence" (
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "end" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "fetchedAt" DATETIME NOT NULL,

    PRIMARY KEY ("source", "kind", "externalId")
);

-- CreateIndex
CREATE INDEX "Restatement_source_at_idx" ON "Restatement"("source", "at");

-- CreateIndex
CREATE INDEX "Restatement_source_day_idx" ON "Restatement"("source", "day");

-- CreateIndex
CREATE INDEX "MeteredUsage_source_day_idx" ON "MeteredUsage"("source", "day");

-- CreateIndex
CREATE INDEX "Estimate_source_day_idx" ON "Estimate"("source", "day");

-- CreateIndex
CREATE INDEX "Estimate_day_idx" ON "Estimate"("day");

-- CreateIndex
CREATE INDEX "HourlyCost_source_hour_idx" ON "HourlyCost"("source", "hour");

-- CreateIndex
CREATE INDEX "HourlyCost_hour_idx" ON "HourlyCost"("hour");

-- CreateIndex
CREATE INDEX "Evidence_kind_start_idx" ON "Evidence"("kind", "start");
