-- CreateTable
CREATE TABLE "ats_cause" (
    "id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "reason" VARCHAR(3) NOT NULL,
    "primary" BOOLEAN NOT NULL,
    "opd" VARCHAR(16),
    "note" VARCHAR(500),
    "mapped_by" TEXT NOT NULL,
    "mapped_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "superseded_at" TIMESTAMPTZ(3),
    "proposal" VARCHAR(16),
    "proposed_at" TIMESTAMPTZ(3),
    "referral_id" UUID,
    "answered_at" TIMESTAMPTZ(3),
    "decline_reason" VARCHAR(40),
    "proposed_agency" VARCHAR(16),
    "outcome" VARCHAR(40),

    CONSTRAINT "ats_cause_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ats_cause_record_idx" ON "ats_cause"("record_id");

-- CreateIndex
CREATE INDEX "ats_cause_referral_idx" ON "ats_cause"("referral_id");

-- AddForeignKey
ALTER TABLE "ats_cause" ADD CONSTRAINT "ats_cause_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "ats_record"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
-- By hand, for Prisma's model knows no partial index: whatever the use cases overlook, a record has each cause once and
-- at most one that is primary (TUN-R5).
CREATE UNIQUE INDEX "ats_cause_once_key" ON "ats_cause"("record_id", "reason") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "ats_cause_primary_key" ON "ats_cause"("record_id") WHERE "primary" AND "superseded_at" IS NULL;
