-- CreateTable
CREATE TABLE "BudgetRequest" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scope" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "metric" TEXT NOT NULL DEFAULT 'cost',
    "amountMicros" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "startDay" TEXT,
    "endDay" TEXT,
    "reason" TEXT,
    "team" TEXT,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" DATETIME NOT NULL,
    "status" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" DATETIME,
    "expiresAt" DATETIME NOT NULL,
    "note" TEXT
);

-- CreateTable
CREATE TABLE "BudgetAlert" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scope" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "metric" TEXT NOT NULL DEFAULT 'cost',
    "periodStart" TEXT NOT NULL,
    "threshold" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "usedMicros" BIGINT NOT NULL,
    "amountMicros" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Anomaly" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "path" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "team" TEXT,
    "model" TEXT,
    "stage" TEXT,
    "service" TEXT,
    "grain" TEXT NOT NULL,
    "detector" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "firstStamp" TEXT NOT NULL,
    "lastStamp" TEXT NOT NULL,
    "judgedThrough" TEXT NOT NULL,
    "expectedMicros" BIGINT NOT NULL,
    "actualMicros" BIGINT NOT NULL,
    "excessMicros" BIGINT NOT NULL,
    "severity" TEXT NOT NULL,
    "score" REAL NOT NULL,
    "cause" TEXT,
    "explanation" TEXT,
    "related" TEXT NOT NULL DEFAULT '[]',
    "status" TEXT NOT NULL,
    "statusReason" TEXT,
    "openedAt" DATETIME NOT NULL,
    "completeAt" DATETIME,
    "updatedAt" DATETIME NOT NULL,
    "acknowledgedAt" DATETIME,
    "acknowledgedBy" TEXT,
    "snoozedUntil" DATETIME,
    "snoozedGrowth" INTEGER,
    "snoozedMicros" BIGINT,
    "expectedUntil" TEXT,
    "resolvedAt" DATETIME,
    "notifiedAt" DATETIME,
    "notifiedMicros" BIGINT,
    "notifications" INTEGER NOT NULL DEFAULT 0,
    "escalatedAt" DATETIME,
    "feedback" TEXT,
    "feedbackBy" TEXT,
    "feedbackAt" DATETIME
);

-- CreateTable
CREATE TABLE "AnomalyEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "anomalyId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "data" TEXT,
    CONSTRAINT "AnomalyEvent_anomalyId_fkey" FOREIGN KEY ("anomalyId") REFERENCES "Anomaly" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PlannedSpend" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scope" TEXT NOT NULL,
    "amountMicros" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "startDay" TEXT NOT NULL,
    "endDay" TEXT NOT NULL,
    "reason" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "removedBy" TEXT,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "ChangeEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "externalId" TEXT,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "team" TEXT,
    "model" TEXT,
    "service" TEXT,
    "environment" TEXT,
    "version" TEXT,
    "url" TEXT,
    "sender" TEXT NOT NULL,
    "receivedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ForecastRecord" (
    "scope" TEXT NOT NULL,
    "madeOn" TEXT NOT NULL,
    "horizon" TEXT NOT NULL,
    "startDay" TEXT NOT NULL,
    "endDay" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "meanMicros" BIGINT NOT NULL,
    "low80Micros" BIGINT NOT NULL,
    "high80Micros" BIGINT NOT NULL,
    "actualMicros" BIGINT,
    "checkedAt" DATETIME,

    PRIMARY KEY ("scope", "madeOn", "horizon")
);

-- CreateTable
CREATE TABLE "SloAlert" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "slo" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "startedOn" TEXT NOT NULL,
    "burnRate" REAL NOT NULL,
    "at" DATETIME NOT NULL,
    "endedOn" TEXT
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Budget" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scope" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "metric" TEXT NOT NULL DEFAULT 'cost',
    "amountMicros" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "startDay" TEXT,
    "endDay" TEXT,
    "thresholds" TEXT,
    "managedBy" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);
INSERT INTO "new_Budget" ("amountMicros", "currency", "id", "managedBy", "period", "scope", "updatedAt") SELECT "amountMicros", "currency", "id", "managedBy", "period", "scope", "updatedAt" FROM "Budget";
DROP TABLE "Budget";
ALTER TABLE "new_Budget" RENAME TO "Budget";
CREATE UNIQUE INDEX "Budget_scope_period_metric_key" ON "Budget"("scope", "period", "metric");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "BudgetRequest_status_expiresAt_idx" ON "BudgetRequest"("status", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "BudgetAlert_scope_period_metric_periodStart_threshold_kind_key" ON "BudgetAlert"("scope", "period", "metric", "periodStart", "threshold", "kind");

-- CreateIndex
CREATE INDEX "Anomaly_status_idx" ON "Anomaly"("status");

-- CreateIndex
CREATE INDEX "Anomaly_path_grain_idx" ON "Anomaly"("path", "grain");

-- CreateIndex
CREATE INDEX "Anomaly_openedAt_idx" ON "Anomaly"("openedAt");

-- CreateIndex
CREATE INDEX "AnomalyEvent_anomalyId_at_idx" ON "AnomalyEvent"("anomalyId", "at");

-- CreateIndex
CREATE INDEX "PlannedSpend_endDay_idx" ON "PlannedSpend"("endDay");

-- CreateIndex
CREATE UNIQUE INDEX "ChangeEvent_externalId_key" ON "ChangeEvent"("externalId");

-- CreateIndex
CREATE INDEX "ChangeEvent_at_idx" ON "ChangeEvent"("at");

-- CreateIndex
CREATE INDEX "ChangeEvent_model_at_idx" ON "ChangeEvent"("model", "at");

-- CreateIndex
CREATE INDEX "ForecastRecord_endDay_idx" ON "ForecastRecord"("endDay");

-- CreateIndex
CREATE UNIQUE INDEX "SloAlert_slo_rule_startedOn_key" ON "SloAlert"("slo", "rule", "startedOn");
