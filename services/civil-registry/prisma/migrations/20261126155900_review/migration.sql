-- CreateTable
CREATE TABLE "match_pair" (
    "id" UUID NOT NULL,
    "low_id" UUID NOT NULL,
    "high_id" UUID NOT NULL,
    "verdict" TEXT,
    "score" DECIMAL(9,4),
    "reasons" JSONB NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "note" VARCHAR(500),

    CONSTRAINT "match_pair_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "match_pair_ids_idx" ON "match_pair"("low_id", "high_id");

-- CreateIndex
CREATE INDEX "match_pair_high_id_idx" ON "match_pair"("high_id");

-- CreateIndex
CREATE INDEX "match_pair_state_idx" ON "match_pair"("state", "id");
