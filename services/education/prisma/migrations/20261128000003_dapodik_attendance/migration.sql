-- CreateTable
CREATE TABLE "attendance_mark" (
    "enrolment_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "mark" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attendance_mark_pkey" PRIMARY KEY ("enrolment_id","day")
);

-- AddForeignKey
ALTER TABLE "attendance_mark" ADD CONSTRAINT "attendance_mark_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
