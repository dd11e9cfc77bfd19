-- CreateTable
CREATE TABLE "ChatConversation" (
    "platform" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "serviceUrl" TEXT NOT NULL,
    "botId" TEXT NOT NULL,
    "personId" TEXT,
    "name" TEXT,
    "groupId" TEXT,
    "leftAt" DATETIME,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("platform", "id")
);

-- CreateTable
CREATE TABLE "ChatPerson" (
    "platform" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT,
    "conversation" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("platform", "id")
);

-- CreateTable
CREATE TABLE "ChatPicture" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "spec" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "ChatConversation_platform_personId_idx" ON "ChatConversation"("platform", "personId");

-- CreateIndex
CREATE INDEX "ChatPerson_platform_userId_idx" ON "ChatPerson"("platform", "userId");

-- CreateIndex
CREATE INDEX "ChatPicture_expiresAt_idx" ON "ChatPicture"("expiresAt");
