-- CreateTable
CREATE TABLE "ktp_record" (
    "child_id" UUID NOT NULL,
    "code" VARCHAR(60) NOT NULL,
    "source" TEXT NOT NULL,
    "status_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_on" DATE,
    "state" TEXT NOT NULL,
    "state_since" TIMESTAMPTZ(3) NOT NULL,
    "hold_until" DATE,
    "ever_married" BOOLEAN NOT NULL,
    "birth_date_confirmed" BOOLEAN NOT NULL,

    CONSTRAINT "ktp_record_pkey" PRIMARY KEY ("child_id")
);

-- CreateTable
CREATE TABLE "ktp_status_change" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "old_code" VARCHAR(60),
    "new_code" VARCHAR(60) NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "ktp_status_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ktp_record_queue_idx" ON "ktp_record"("state", "state_since", "child_id");

-- CreateIndex
CREATE INDEX "ktp_record_hold_idx" ON "ktp_record"("state", "hold_until");

-- CreateIndex
CREATE INDEX "ktp_status_change_child_idx" ON "ktp_status_change"("child_id", "at");

-- AddForeignKey
ALTER TABLE "ktp_status_change" ADD CONSTRAINT "ktp_status_change_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "ktp_record"("child_id") ON DELETE NO ACTION ON UPDATE NO ACTION;
