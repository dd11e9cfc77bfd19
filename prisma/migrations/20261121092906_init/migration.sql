-- CreateTable
CREATE TABLE "Team" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "ownerEmail" TEXT,
    "costCenter" TEXT,
    "timeZone" TEXT,
    "channels" TEXT NOT NULL DEFAULT '{}',
    "managedBy" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Member" (
    "email" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "managedBy" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Identity" (
    "platform" TEXT NOT NULL,
    "platformId" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    PRIMARY KEY ("platform", "platformId"),
    CONSTRAINT "Identity_email_fkey" FOREIGN KEY ("email") REFERENCES "Member" ("email") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Membership" (
    "teamName" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    PRIMARY KEY ("teamName", "email"),
    CONSTRAINT "Membership_teamName_fkey" FOREIGN KEY ("teamName") REFERENCES "Team" ("name") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Membership_email_fkey" FOREIGN KEY ("email") REFERENCES "Member" ("email") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Model" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "teamName" TEXT,
    "aliases" TEXT NOT NULL DEFAULT '[]',
    "managedBy" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Model_teamName_fkey" FOREIGN KEY ("teamName") REFERENCES "Team" ("name") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Owner" (
    "scope" TEXT NOT NULL PRIMARY KEY,
    "owner" TEXT NOT NULL,
    "managedBy" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Budget" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scope" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "amountMicros" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "managedBy" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Source" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "watermark" TEXT,
    "lastAttemptAt" DATETIME,
    "lastSuccessAt" DATETIME,
    "lastError" TEXT
);

-- CreateTable
CREATE TABLE "ImportBatch" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME NOT NULL,
    "files" TEXT NOT NULL,
    "rowsRead" INTEGER NOT NULL,
    "rowsQuarantined" INTEGER NOT NULL,
    "factsWritten" INTEGER NOT NULL,
    "factsReplaced" INTEGER NOT NULL,
    "moved" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "QuarantinedRow" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "batchId" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    CONSTRAINT "QuarantinedRow_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "ImportBatch" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Bill" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "billingAccountId" TEXT NOT NULL,
    "billingPeriodStart" TEXT NOT NULL,
    "firstDay" TEXT NOT NULL,
    "lastDay" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "batchId" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "BillDay" (
    "billId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "billed" TEXT,
    "effective" TEXT,
    "list" TEXT,
    "contracted" TEXT,

    PRIMARY KEY ("billId", "day", "currency")
);

-- CreateTable
CREATE TABLE "FocusKey" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "providerName" TEXT NOT NULL,
    "publisherName" TEXT,
    "invoiceIssuerName" TEXT,
    "billingAccountId" TEXT NOT NULL,
    "billingAccountName" TEXT,
    "subAccountId" TEXT,
    "subAccountName" TEXT,
    "serviceName" TEXT NOT NULL,
    "serviceCategory" TEXT,
    "serviceSubcategory" TEXT,
    "regionId" TEXT,
    "availabilityZone" TEXT,
    "skuId" TEXT,
    "skuMeter" TEXT,
    "chargeDescription" TEXT,
    "chargeCategory" TEXT NOT NULL,
    "chargeClass" TEXT,
    "chargeFrequency" TEXT,
    "pricingCategory" TEXT,
    "commitmentDiscountId" TEXT,
    "commitmentDiscountCategory" TEXT,
    "commitmentDiscountStatus" TEXT
);

-- CreateTable
CREATE TABLE "TagSet" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "tags" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Resource" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "resourceId" TEXT,
    "resourceName" TEXT,
    "resourceType" TEXT
);

-- CreateTable
CREATE TABLE "CostFact" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "billId" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "focusKeyId" BIGINT NOT NULL,
    "tagSetId" BIGINT NOT NULL,
    "resourceKey" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "billedMicros" BIGINT,
    "effectiveMicros" BIGINT,
    "listMicros" BIGINT,
    "contractedMicros" BIGINT,
    "billedResidue" BIGINT,
    "effectiveResidue" BIGINT,
    "listResidue" BIGINT,
    "contractedResidue" BIGINT
);

-- CreateTable
CREATE TABLE "Decision" (
    "focusKeyId" BIGINT NOT NULL,
    "tagSetId" BIGINT NOT NULL,
    "resourceKey" BIGINT NOT NULL,
    "allocationId" BIGINT NOT NULL,
    "reasons" TEXT NOT NULL,

    PRIMARY KEY ("focusKeyId", "tagSetId", "resourceKey")
);

-- CreateTable
CREATE TABLE "AllocationKey" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "team" TEXT,
    "model" TEXT,
    "modelVersion" TEXT,
    "stage" TEXT,
    "environment" TEXT,
    "feature" TEXT,
    "costCenter" TEXT,
    "experiment" TEXT
);

-- CreateTable
CREATE TABLE "DailyCost" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "day" TEXT NOT NULL,
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
    "effectiveMicros" BIGINT,
    "listMicros" BIGINT,
    "contractedMicros" BIGINT,
    "billedResidue" BIGINT,
    "effectiveResidue" BIGINT,
    "listResidue" BIGINT,
    "contractedResidue" BIGINT
);

-- CreateTable
CREATE TABLE "Reconciliation" (
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "billedExact" TEXT,
    "effectiveExact" TEXT,
    "billedFacts" BIGINT,
    "effectiveFacts" BIGINT,
    "billedDaily" BIGINT,
    "effectiveDaily" BIGINT,
    "ok" BOOLEAN NOT NULL,
    "checkedAt" DATETIME NOT NULL,

    PRIMARY KEY ("source", "day", "currency")
);

-- CreateTable
CREATE TABLE "Button" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "payload" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT
);

-- CreateTable
CREATE TABLE "Meta" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Identity_email_idx" ON "Identity"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Budget_scope_period_key" ON "Budget"("scope", "period");

-- CreateIndex
CREATE INDEX "ImportBatch_source_startedAt_idx" ON "ImportBatch"("source", "startedAt");

-- CreateIndex
CREATE INDEX "QuarantinedRow_batchId_idx" ON "QuarantinedRow"("batchId");

-- CreateIndex
CREATE UNIQUE INDEX "Bill_source_billingAccountId_billingPeriodStart_key" ON "Bill"("source", "billingAccountId", "billingPeriodStart");

-- CreateIndex
CREATE INDEX "Resource_resourceId_idx" ON "Resource"("resourceId");

-- CreateIndex
CREATE INDEX "CostFact_billId_idx" ON "CostFact"("billId");

-- CreateIndex
CREATE INDEX "CostFact_day_idx" ON "CostFact"("day");

-- CreateIndex
CREATE INDEX "Decision_allocationId_idx" ON "Decision"("allocationId");

-- CreateIndex
CREATE INDEX "DailyCost_day_idx" ON "DailyCost"("day");

-- CreateIndex
CREATE INDEX "DailyCost_model_day_idx" ON "DailyCost"("model", "day");

-- CreateIndex
CREATE INDEX "DailyCost_team_day_idx" ON "DailyCost"("team", "day");

-- CreateIndex
CREATE INDEX "Button_expiresAt_idx" ON "Button"("expiresAt");

-- CreateIndex
CREATE INDEX "AuditEntry_at_idx" ON "AuditEntry"("at");
