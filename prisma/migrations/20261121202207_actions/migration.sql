-- AlterTable
ALTER TABLE "Button" ADD COLUMN "usedAt" DATETIME;
ALTER TABLE "Button" ADD COLUMN "usedBy" TEXT;

-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN "hash" TEXT;

-- AlterTable
ALTER TABLE "Anomaly" ADD COLUMN "assignee" TEXT;
ALTER TABLE "Anomaly" ADD COLUMN "ticket" TEXT;

-- CreateTable
CREATE TABLE "Proposal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "anomalyId" INTEGER,
    "team" TEXT,
    "status" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "reason" TEXT,
    "requestedBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "requestedAt" DATETIME,
    "expiresAt" DATETIME NOT NULL,
    "approvalsNeeded" INTEGER NOT NULL DEFAULT 1,
    "policy" TEXT NOT NULL DEFAULT '[]',
    "notBefore" DATETIME,
    "currency" TEXT NOT NULL,
    "savingMicros" BIGINT,
    "undoOf" INTEGER,
    "undoUntil" DATETIME,
    "origin" TEXT,
    "claimedBy" TEXT,
    "claimedUntil" DATETIME,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "endedBy" TEXT,
    "note" TEXT
);

-- CreateTable
CREATE TABLE "ProposalItem" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "proposalId" INTEGER NOT NULL,
    "resourceId" TEXT NOT NULL,
    "ref" TEXT,
    "name" TEXT NOT NULL,
    "provider" TEXT,
    "account" TEXT,
    "action" TEXT,
    "parameters" TEXT NOT NULL DEFAULT '{}',
    "plan" TEXT,
    "environment" TEXT,
    "owner" TEXT,
    "costMicros" BIGINT,
    "savingMicros" BIGINT,
    "state" TEXT NOT NULL,
    "said" TEXT,
    "before" TEXT,
    "key" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    CONSTRAINT "ProposalItem_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "Proposal" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ProposalApproval" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "proposalId" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "note" TEXT,
    "at" DATETIME NOT NULL,
    CONSTRAINT "ProposalApproval_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "Proposal" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Saving" (
    "itemId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "proposalId" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "team" TEXT,
    "resourceId" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "expectedMicros" BIGINT NOT NULL,
    "baselineMicros" BIGINT NOT NULL,
    "startDay" TEXT NOT NULL,
    "endDay" TEXT,
    "endedBecause" TEXT,
    "realisedMicros" BIGINT,
    "realisedThrough" TEXT,
    CONSTRAINT "Saving_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "ProposalItem" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TimeToLive" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scope" TEXT NOT NULL,
    "until" DATETIME NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" DATETIME NOT NULL,
    "reason" TEXT,
    "askedAt" DATETIME,
    "proposalId" INTEGER,
    "endedAt" DATETIME,
    "endedBy" TEXT
);

-- CreateTable
CREATE TABLE "OffHoursTurn" (
    "schedule" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "turn" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "proposalId" INTEGER,
    "skipped" TEXT,

    PRIMARY KEY ("schedule", "day", "turn")
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_OutboxMessage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "workspace" TEXT,
    "channel" TEXT NOT NULL,
    "threadKey" TEXT,
    "editOf" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "view" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "nextAttemptAt" DATETIME NOT NULL,
    "sentAt" DATETIME,
    "ref" TEXT,
    "error" TEXT
);
INSERT INTO "new_OutboxMessage" ("about", "attempts", "channel", "createdAt", "error", "id", "key", "nextAttemptAt", "platform", "ref", "sentAt", "status", "threadKey", "view", "workspace") SELECT "about", "attempts", "channel", "createdAt", "error", "id", "key", "nextAttemptAt", "platform", "ref", "sentAt", "status", "threadKey", "view", "workspace" FROM "OutboxMessage";
DROP TABLE "OutboxMessage";
ALTER TABLE "new_OutboxMessage" RENAME TO "OutboxMessage";
CREATE UNIQUE INDEX "OutboxMessage_key_key" ON "OutboxMessage"("key");
CREATE INDEX "OutboxMessage_status_nextAttemptAt_idx" ON "OutboxMessage"("status", "nextAttemptAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Proposal_status_idx" ON "Proposal"("status");

-- CreateIndex
CREATE INDEX "Proposal_anomalyId_idx" ON "Proposal"("anomalyId");

-- CreateIndex
CREATE UNIQUE INDEX "ProposalItem_key_key" ON "ProposalItem"("key");

-- CreateIndex
CREATE INDEX "ProposalItem_proposalId_idx" ON "ProposalItem"("proposalId");

-- CreateIndex
CREATE INDEX "ProposalItem_resourceId_idx" ON "ProposalItem"("resourceId");

-- CreateIndex
CREATE INDEX "ProposalItem_startedAt_idx" ON "ProposalItem"("startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ProposalApproval_proposalId_email_key" ON "ProposalApproval"("proposalId", "email");

-- CreateIndex
CREATE INDEX "Saving_startDay_idx" ON "Saving"("startDay");

-- CreateIndex
CREATE UNIQUE INDEX "TimeToLive_scope_key" ON "TimeToLive"("scope");

-- CreateIndex
CREATE INDEX "TimeToLive_until_idx" ON "TimeToLive"("until");
