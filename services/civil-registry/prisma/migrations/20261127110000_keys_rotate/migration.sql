-- A look-up is bound to its row's id and no longer to its blind index, which changes with the keys (ADR 0020); its NIK
-- stays sealed beside the answer, or it could not be indexed anew. What was kept so far is bound to the index and goes:
-- a cache of the stand-in's answers, asked again as soon as someone wants one.
DELETE FROM "siak_lookup";

-- DropIndex
DROP INDEX "siak_lookup_waiting_idx";

-- AlterTable
ALTER TABLE "siak_lookup"
    DROP CONSTRAINT "siak_lookup_state_check",
    DROP CONSTRAINT "siak_lookup_pkey",
    ADD COLUMN "id" UUID NOT NULL,
    ALTER COLUMN "nik_cipher" SET NOT NULL,
    ALTER COLUMN "nik_key_id" SET NOT NULL,
    ADD CONSTRAINT "siak_lookup_pkey" PRIMARY KEY ("id"),
    -- What is answered has its source; what waits may still hold an answer past its day.
    ADD CONSTRAINT "siak_lookup_state_check" CHECK (
        "state" = 'MENUNGGU'
        OR ("state" = 'TERJAWAB' AND "source" IS NOT NULL AND "answered_at" IS NOT NULL AND "expires_at" IS NOT NULL));

-- CreateIndex
CREATE UNIQUE INDEX "siak_lookup_nik_key" ON "siak_lookup"("nik_index");

-- CreateIndex
CREATE INDEX "siak_lookup_waiting_idx" ON "siak_lookup"("state", "waiting_since", "id");
