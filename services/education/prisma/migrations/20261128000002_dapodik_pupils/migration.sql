-- AlterTable
ALTER TABLE "enrolment" ADD COLUMN     "entry_reason" TEXT,
ADD COLUMN     "exit_reason" TEXT,
ADD COLUMN     "moved_to" VARCHAR(8),
ADD COLUMN     "follow_up_on" DATE;

-- CreateTable
CREATE TABLE "enrolment_class" (
    "enrolment_id" UUID NOT NULL,
    "school_year" VARCHAR(9) NOT NULL,
    "grade" SMALLINT,
    "rombel" VARCHAR(40) NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enrolment_class_pkey" PRIMARY KEY ("enrolment_id","school_year")
);

-- CreateTable
CREATE TABLE "pupil_nisn" (
    "child_id" UUID NOT NULL,
    "nisn" VARCHAR(10) NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pupil_nisn_pkey" PRIMARY KEY ("child_id")
);

-- CreateTable
CREATE TABLE "ats_school_ground" (
    "record_id" UUID NOT NULL,
    "enrolment_id" UUID NOT NULL,
    "ground" TEXT NOT NULL,
    "since" DATE NOT NULL,

    CONSTRAINT "ats_school_ground_pkey" PRIMARY KEY ("record_id","enrolment_id")
);

-- CreateIndex
CREATE INDEX "enrolment_follow_up_idx" ON "enrolment"("follow_up_on");

-- CreateIndex
CREATE UNIQUE INDEX "pupil_nisn_key" ON "pupil_nisn"("nisn");

-- AddForeignKey
ALTER TABLE "enrolment_class" ADD CONSTRAINT "enrolment_class_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ats_school_ground" ADD CONSTRAINT "ats_school_ground_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "ats_record"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ats_school_ground" ADD CONSTRAINT "ats_school_ground_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
