-- CreateTable
CREATE TABLE "siak_correction" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "fields" TEXT[],
    "akta_number" VARCHAR(50) NOT NULL,
    "state" TEXT NOT NULL,
    "source" TEXT,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "corrected_at" TIMESTAMPTZ(3),

    CONSTRAINT "siak_correction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "siak_correction_child_idx" ON "siak_correction"("child_id");

-- CreateIndex
CREATE INDEX "siak_correction_state_idx" ON "siak_correction"("state", "id");
