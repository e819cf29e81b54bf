-- By hand. RF-R4: one open referral per id, type, desk, and how carefully it is kept. A social case (level 3 or 4) is never the
-- same as an ordinary referral: who reads the one may not read the other (PV-14).
DROP INDEX "referral_open_once";
CREATE UNIQUE INDEX "referral_open_once" ON "referral"
  ("child_id", "type", "to_agency", (coalesce("to_kelurahan", '')), (greatest("sensitivity", 2)))
  WHERE "state" IN ('TERKIRIM', 'DITERIMA');
