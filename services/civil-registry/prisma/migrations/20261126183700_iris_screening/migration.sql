-- CreateTable
CREATE TABLE "iris_screening" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "screened_on" DATE NOT NULL,
    "outcome" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "iris_screening_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "iris_screening_child_idx" ON "iris_screening"("child_id");
