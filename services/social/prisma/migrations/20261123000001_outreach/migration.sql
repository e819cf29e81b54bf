-- CreateTable
CREATE TABLE "street_contact" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "met_on" DATE NOT NULL,
    "kelurahan" VARCHAR(13) NOT NULL,
    "place" VARCHAR(120) NOT NULL,
    "activity" TEXT NOT NULL,
    "note" VARCHAR(4000),
    "repeat" BOOLEAN NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "street_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assessment" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "done_on" DATE NOT NULL,
    "dropped_out" BOOLEAN NOT NULL,
    "needs" TEXT[],
    "conclusion" VARCHAR(4000) NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "assessment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "street_contact_place_idx" ON "street_contact"("kelurahan", "met_on", "id");

-- CreateIndex
CREATE INDEX "street_contact_day_idx" ON "street_contact"("met_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "street_contact_child_day_key" ON "street_contact"("child_id", "met_on");

-- CreateIndex
CREATE INDEX "assessment_child_idx" ON "assessment"("child_id", "done_on");
