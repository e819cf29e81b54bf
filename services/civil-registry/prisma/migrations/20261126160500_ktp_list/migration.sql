-- Whom each school proposes for KTP-el recording (BLG-01, RF-10).

-- CreateTable
CREATE TABLE "ktp_candidate" (
    "npsn" VARCHAR(8) NOT NULL,
    "child_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "source" TEXT NOT NULL,
    "sixteen_on" DATE,
    "uncertain" BOOLEAN NOT NULL,
    "ever_married" BOOLEAN NOT NULL,
    "listed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "ktp_candidate_pkey" PRIMARY KEY ("npsn","child_id")
);

-- CreateTable
CREATE TABLE "ktp_list_month" (
    "month" DATE NOT NULL,
    "after" UUID,
    "listed" INTEGER NOT NULL DEFAULT 0,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "ktp_list_month_pkey" PRIMARY KEY ("month")
);

-- CreateTable
CREATE TABLE "ktp_list_file" (
    "id" UUID NOT NULL,
    "npsn" VARCHAR(8) NOT NULL,
    "sent_by" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ktp_list_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ktp_list_file_row" (
    "file_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "child_id" UUID,
    "verdict" TEXT NOT NULL,

    CONSTRAINT "ktp_list_file_row_pkey" PRIMARY KEY ("file_id","row")
);

-- CreateIndex
CREATE INDEX "ktp_candidate_child_idx" ON "ktp_candidate"("child_id");

-- CreateIndex
CREATE INDEX "ktp_candidate_state_idx" ON "ktp_candidate"("state", "npsn");

-- AddForeignKey
ALTER TABLE "ktp_list_file_row" ADD CONSTRAINT "ktp_list_file_row_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "ktp_list_file"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
