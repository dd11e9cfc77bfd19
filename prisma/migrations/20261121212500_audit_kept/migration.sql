-- The audit is append-only: entries are neither removed nor changed. Only sealing is allowed, which gives an entry of
-- before the chain its hash. A later redefinition of the table drops these triggers and must create them again.
CREATE TRIGGER "AuditEntry_keep" BEFORE DELETE ON "AuditEntry" BEGIN SELECT RAISE(ABORT, 'audit entries are never removed'); END;

CREATE TRIGGER "AuditEntry_fixed" BEFORE UPDATE ON "AuditEntry"
WHEN OLD."hash" IS NOT NULL OR NEW."hash" IS NULL OR NEW."id" IS NOT OLD."id" OR NEW."at" IS NOT OLD."at"
  OR NEW."actor" IS NOT OLD."actor" OR NEW."action" IS NOT OLD."action" OR NEW."subject" IS NOT OLD."subject"
  OR NEW."before" IS NOT OLD."before" OR NEW."after" IS NOT OLD."after"
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
