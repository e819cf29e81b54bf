-- Days on which officers record KTP-el at a school (BLG-01 to BLG-06, KT-08), and the minutes of each step.

-- CreateTable
CREATE TABLE "ktp_session" (
    "id" UUID NOT NULL,
    "npsn" VARCHAR(8) NOT NULL,
    "state" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "hours" SMALLINT NOT NULL,
    "devices" SMALLINT NOT NULL,
    "quota" SMALLINT,
    "officers" TEXT[],
    "cancel_reason" TEXT,

    CONSTRAINT "ktp_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ktp_session_pupil" (
    "session_id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "carried_from" UUID,
    "sixteen_on" DATE,
    "ever_married" BOOLEAN NOT NULL,
    "siak_fields" TEXT[],
    "exceptions" TEXT[],
    "place" TEXT,
    "print_from" DATE,

    CONSTRAINT "ktp_session_pupil_pkey" PRIMARY KEY ("session_id","child_id")
);

-- CreateTable
CREATE TABLE "ktp_checklist_item" (
    "session_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "checked_by" TEXT,
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "ktp_checklist_item_pkey" PRIMARY KEY ("session_id","item")
);

-- CreateTable
CREATE TABLE "ktp_session_step" (
    "session_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "officer" TEXT NOT NULL,

    CONSTRAINT "ktp_session_step_pkey" PRIMARY KEY ("session_id","step")
);

-- CreateTable
CREATE TABLE "ktp_pupil_step" (
    "session_id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "officer" TEXT NOT NULL,

    CONSTRAINT "ktp_pupil_step_pkey" PRIMARY KEY ("session_id","child_id","step")
);

-- CreateIndex
CREATE INDEX "ktp_session_school_idx" ON "ktp_session"("npsn", "starts_at");

-- CreateIndex
CREATE INDEX "ktp_session_starts_idx" ON "ktp_session"("starts_at", "id");

-- CreateIndex
CREATE INDEX "ktp_session_pupil_child_idx" ON "ktp_session_pupil"("child_id");

-- AddForeignKey
ALTER TABLE "ktp_session_pupil" ADD CONSTRAINT "ktp_session_pupil_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "ktp_session"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ktp_checklist_item" ADD CONSTRAINT "ktp_checklist_item_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "ktp_session"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ktp_session_step" ADD CONSTRAINT "ktp_session_step_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "ktp_session"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ktp_pupil_step" ADD CONSTRAINT "ktp_pupil_step_session_id_child_id_fkey" FOREIGN KEY ("session_id", "child_id") REFERENCES "ktp_session_pupil"("session_id", "child_id") ON DELETE NO ACTION ON UPDATE NO ACTION;
