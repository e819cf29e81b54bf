-- CreateTable
CREATE TABLE "school" (
    "npsn" VARCHAR(8) NOT NULL,
    "name" VARCHAR(160) NOT NULL,
    "levels" TEXT[],
    "provider" TEXT NOT NULL,
    "kelurahan" VARCHAR(13) NOT NULL,
    "capacity" INTEGER NOT NULL,

    CONSTRAINT "school_pkey" PRIMARY KEY ("npsn")
);

-- CreateTable
CREATE TABLE "enrolment" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "npsn" VARCHAR(8) NOT NULL,
    "level" TEXT NOT NULL,
    "grade" SMALLINT,
    "started_on" DATE NOT NULL,
    "ended_on" DATE,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enrolment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ats_record" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "kelurahan" VARCHAR(13),
    "note" VARCHAR(2000),
    "reported_by" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "outcome_npsn" VARCHAR(8),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" UUID,

    CONSTRAINT "ats_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ats_field_check" (
    "record_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "checked_on" DATE NOT NULL,
    "method" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "volunteer" VARCHAR(200) NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ats_field_check_pkey" PRIMARY KEY ("record_id","number")
);

-- CreateIndex
CREATE INDEX "school_name_idx" ON "school"("name", "npsn");

-- CreateIndex
CREATE INDEX "school_kelurahan_idx" ON "school"("kelurahan");

-- CreateIndex
CREATE INDEX "enrolment_child_idx" ON "enrolment"("child_id", "started_on");

-- CreateIndex
CREATE INDEX "enrolment_school_idx" ON "enrolment"("npsn");

-- CreateIndex
CREATE INDEX "ats_record_child_idx" ON "ats_record"("child_id");

-- CreateIndex
CREATE INDEX "ats_record_kelurahan_idx" ON "ats_record"("kelurahan", "reported_at", "id");

-- CreateIndex
CREATE INDEX "ats_record_state_idx" ON "ats_record"("state", "reported_at", "id");

-- CreateIndex
CREATE INDEX "ats_record_reported_idx" ON "ats_record"("reported_at", "id");

-- AddForeignKey
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_npsn_fkey" FOREIGN KEY ("npsn") REFERENCES "school"("npsn") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ats_record" ADD CONSTRAINT "ats_record_closed_by_fkey" FOREIGN KEY ("closed_by") REFERENCES "enrolment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ats_field_check" ADD CONSTRAINT "ats_field_check_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "ats_record"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
-- By hand, for Prisma's model knows no partial index: whatever the use cases overlook, a child id has one open record
-- and one running enrolment.
CREATE UNIQUE INDEX "ats_record_open_key" ON "ats_record"("child_id") WHERE "closed_at" IS NULL;
CREATE UNIQUE INDEX "enrolment_running_key" ON "enrolment"("child_id") WHERE "ended_on" IS NULL;
