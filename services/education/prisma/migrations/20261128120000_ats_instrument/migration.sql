-- CreateTable
CREATE TABLE "ats_instrument" (
    "record_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "wish" TEXT NOT NULL,
    "parents_marriage" TEXT NOT NULL,
    "lives_with" TEXT NOT NULL,
    "daily_activity" TEXT NOT NULL,
    "child_marriage" TEXT NOT NULL,
    "last_level" TEXT,
    "last_grade" SMALLINT,
    "last_npsn" VARCHAR(8),
    "last_school_name" VARCHAR(160),
    "left_year" SMALLINT,
    "parents_condition" TEXT,
    "father_job" TEXT,
    "mother_job" TEXT,
    "guardian_job" TEXT,
    "income" TEXT,
    "family_aid" TEXT,
    "area_difficulty" TEXT,
    "readiness" TEXT,
    "suggested_path" TEXT,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ats_instrument_pkey" PRIMARY KEY ("record_id","number")
);

-- AddForeignKey
ALTER TABLE "ats_instrument" ADD CONSTRAINT "ats_instrument_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "ats_record"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
