-- CreateTable
CREATE TABLE "ktp_duplicate" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "office" TEXT,
    "opened_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "ktp_duplicate_pkey" PRIMARY KEY ("id"),
    -- Open where an office still has something to do; closed by a status, or by the card that is elsewhere (RF-21).
    CONSTRAINT "ktp_duplicate_state_check" CHECK (
        CASE WHEN "closed_at" IS NULL
             THEN "state" IN ('BARU', 'HAPUS_DIMINTA', 'DITOLAK_DAERAH_ASAL', 'PINDAH_MASUK')
             ELSE "state" IN ('PRR', 'STATUS_LAIN', 'KARTU_DI_DAERAH_ASAL') END)
);

-- CreateTable
CREATE TABLE "ktp_duplicate_step" (
    "id" UUID NOT NULL,
    "duplicate_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "office" TEXT,
    "done_on" DATE NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ktp_duplicate_step_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ktp_duplicate_due_idx" ON "ktp_duplicate"("state", "due_on", "id");

-- CreateIndex
CREATE INDEX "ktp_duplicate_child_idx" ON "ktp_duplicate"("child_id");

-- One open case per record.
CREATE UNIQUE INDEX "ktp_duplicate_open_idx" ON "ktp_duplicate"("child_id") WHERE "closed_at" IS NULL;

-- CreateIndex
CREATE INDEX "ktp_duplicate_step_idx" ON "ktp_duplicate_step"("duplicate_id");

-- AddForeignKey
ALTER TABLE "ktp_duplicate_step" ADD CONSTRAINT "ktp_duplicate_step_duplicate_id_fkey" FOREIGN KEY ("duplicate_id") REFERENCES "ktp_duplicate"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Whoever stands as a duplicate today has been waiting since that was known.
INSERT INTO "ktp_duplicate" ("id", "child_id", "state", "opened_on", "due_on")
SELECT uuidv7(), "child_id", 'BARU', "status_at"::date, "status_at"::date + 30
FROM "ktp_record" WHERE "code" = 'DUPLICATE_RECORD';
