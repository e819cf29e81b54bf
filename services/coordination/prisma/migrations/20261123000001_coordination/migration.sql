-- CreateTable
CREATE TABLE "agency" (
    "code" VARCHAR(16) NOT NULL,
    "name_id" VARCHAR(120) NOT NULL,
    "name_en" VARCHAR(120) NOT NULL,
    "services" TEXT[],
    "has_subgraph" BOOLEAN NOT NULL,
    "ack_days" INTEGER NOT NULL,

    CONSTRAINT "agency_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "type" CHAR(5) NOT NULL,
    "from_agency" VARCHAR(16) NOT NULL,
    "to_agency" VARCHAR(16) NOT NULL,
    "from_kelurahan" CHAR(13),
    "to_kelurahan" CHAR(13),
    "reason" VARCHAR(500) NOT NULL,
    "parts" TEXT[],
    "state" VARCHAR(16) NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "ack_due_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "declined_at" TIMESTAMPTZ(3),
    "decline_reason" VARCHAR(24),
    "proposed_agency" VARCHAR(16),
    "completed_at" TIMESTAMPTZ(3),
    "outcome" VARCHAR(40),
    "answer_note" VARCHAR(500),
    "trigger" UUID,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline_entry" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "place" CHAR(54) NOT NULL,
    "type" VARCHAR(80) NOT NULL,
    "agency" VARCHAR(16) NOT NULL,
    "parties" TEXT[],
    "kelurahan" CHAR(13),
    "sensitivity" INTEGER NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "timeline_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "referral_child_id_idx" ON "referral"("child_id");

-- CreateIndex
CREATE INDEX "referral_inbox_idx" ON "referral"("to_agency", "sent_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "referral_sent_idx" ON "referral"("from_agency", "sent_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "timeline_entry_child_id_idx" ON "timeline_entry"("child_id", "at", "place");

-- RF-R4 once more, should two transactions ever get past the lock: one open referral per id, type and desk.
CREATE UNIQUE INDEX "referral_open_once" ON "referral" ("child_id", "type", "to_agency", (coalesce("to_kelurahan", '')))
  WHERE "state" IN ('TERKIRIM', 'DITERIMA');

-- What was answered, when, and with which reason or outcome goes with the state; see referral/domain.ts.
ALTER TABLE "referral" ADD CONSTRAINT "referral_answered" CHECK (
  CASE "state"
    WHEN 'TERKIRIM' THEN num_nonnulls("accepted_at", "declined_at", "decline_reason", "completed_at", "outcome") = 0
    WHEN 'DITERIMA' THEN "accepted_at" IS NOT NULL AND num_nonnulls("declined_at", "decline_reason", "completed_at", "outcome") = 0
    WHEN 'DITOLAK' THEN num_nulls("declined_at", "decline_reason") = 0 AND num_nonnulls("completed_at", "outcome") = 0
    WHEN 'SELESAI' THEN num_nulls("accepted_at", "completed_at", "outcome") = 0 AND num_nonnulls("declined_at", "decline_reason") = 0
    ELSE false
  END
);

-- The directory: every agency of DOMAIN §8. Acknowledge in one working day [D].
INSERT INTO "agency" ("code", "name_id", "name_en", "services", "has_subgraph", "ack_days") VALUES
  ('DUKCAPIL', 'Dinas Kependudukan dan Pencatatan Sipil', 'Civil Registry Office', '{AKTA_KELAHIRAN,NIK_KK,KIA,REKAM_KTP}', true, 1),
  ('DISDIK', 'Dinas Pendidikan', 'Education Office', '{SEKOLAH_FORMAL,PAKET_KESETARAAN,BEASISWA}', true, 1),
  ('DINSOS', 'Dinas Sosial', 'Social Affairs Office', '{PENJANGKAUAN,BANTUAN_SOSIAL,LAPORAN_SOSIAL}', true, 1),
  ('BAPPERIDA', 'Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah', 'Regional Planning, Research and Innovation Agency', '{KOORDINASI_ATS}', true, 1),
  ('KELURAHAN', 'Kantor Kelurahan', 'Kelurahan Office', '{PENDATAAN,VERIFIKASI_LAPANGAN}', false, 1),
  ('RPPSA', 'Rumah Perlindungan dan Petirahan Sosial Anak', 'Children’s Shelter', '{RUMAH_PERLINDUNGAN,REHABILITASI_SOSIAL}', false, 1),
  ('DPPPA', 'Dinas Pemberdayaan Perempuan dan Perlindungan Anak', 'Women’s Empowerment and Child Protection Office', '{PENDAMPINGAN_KORBAN,KONSELING_KELUARGA}', false, 1),
  ('DINKES', 'Dinas Kesehatan', 'Health Office', '{PEMERIKSAAN_KESEHATAN,ALAT_BANTU}', false, 1),
  ('DISNAKER', 'Dinas Tenaga Kerja', 'Labour Office', '{PENGAWASAN_KERJA_ANAK,PELATIHAN_KERJA}', false, 1),
  ('DISHUB', 'Dinas Perhubungan', 'Transport Office', '{ANGKUTAN_SEKOLAH}', false, 1),
  ('SATPOLPP', 'Satuan Polisi Pamong Praja', 'Public Order Agency', '{PENANGANAN_TERPADU}', false, 1),
  ('KEMENAG', 'Kantor Kementerian Agama', 'Religious Affairs Office', '{MADRASAH,PESANTREN}', false, 1),
  ('LBH', 'Lembaga Bantuan Hukum', 'Legal Aid Institute', '{BANTUAN_HUKUM}', false, 1);
