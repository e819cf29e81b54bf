-- A referral may tell of more than its child: of a NIK that a hidden child claims too (EC-01, PV-14). It is read at this
-- level or the child's, whichever is higher. All before told of their child alone.
ALTER TABLE "referral" ADD COLUMN "sensitivity" SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE "referral" ALTER COLUMN "sensitivity" DROP DEFAULT;
ALTER TABLE "referral" ADD CONSTRAINT "referral_sensitivity" CHECK ("sensitivity" BETWEEN 1 AND 4);
