-- CreateTable
CREATE TABLE "paper_request" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "paper" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "late" BOOLEAN NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "paper_request_pkey" PRIMARY KEY ("id"),
    -- Not to be had is said with a reason, and nothing else (RF-02).
    CONSTRAINT "paper_request_reason_check" CHECK (("state" = 'TIDAK_DAPAT') = ("reason" IS NOT NULL))
);

-- CreateIndex
CREATE INDEX "paper_request_due_idx" ON "paper_request"("state", "due_at", "id");

-- CreateIndex
CREATE INDEX "paper_request_child_idx" ON "paper_request"("child_id");
