-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "sex" CHAR(1) NOT NULL,
    "birth_date" DATE,
    "birth_precision" TEXT NOT NULL,
    "birth_place" VARCHAR(120),
    "mother_name" VARCHAR(120),
    "mother_key" TEXT,
    "kelurahan" VARCHAR(13),
    "rt" VARCHAR(3),
    "rw" VARCHAR(3),
    "address_line" VARCHAR(240),
    "nik_cipher" BYTEA,
    "nik_key_id" TEXT,
    "nik_index" BYTEA,
    "nik_last4" CHAR(4),
    "match_verdict" TEXT NOT NULL,
    "registered_by" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paper" (
    "child_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "paper_pkey" PRIMARY KEY ("child_id","kind")
);

-- CreateIndex
CREATE INDEX "person_nik_index_idx" ON "person"("nik_index");

-- CreateIndex
CREATE INDEX "person_name_key_idx" ON "person"("name_key", "birth_date");

-- CreateIndex
CREATE INDEX "person_mother_key_idx" ON "person"("mother_key", "birth_date");

-- CreateIndex
CREATE INDEX "person_kelurahan_idx" ON "person"("kelurahan", "id");

-- AddForeignKey
ALTER TABLE "paper" ADD CONSTRAINT "paper_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

