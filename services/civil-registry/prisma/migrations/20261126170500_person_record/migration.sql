-- AlterTable
ALTER TABLE "person" ADD COLUMN "father_name" VARCHAR(120),
ADD COLUMN "guardian_name" VARCHAR(120),
ADD COLUMN "guardian_relation" TEXT,
ADD COLUMN "guardian_proof" VARCHAR(120),
ADD COLUMN "child_status" TEXT,
ADD COLUMN "birth_order" INTEGER,
ADD COLUMN "akta_number" VARCHAR(50),
ADD COLUMN "ever_married" BOOLEAN;

-- CreateTable
CREATE TABLE "person_statement" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "paper" TEXT,
    "stated_on" DATE NOT NULL,
    "said" JSONB NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_kk" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kk_cipher" BYTEA NOT NULL,
    "kk_key_id" TEXT NOT NULL,
    "kk_index" BYTEA NOT NULL,
    "kk_last4" CHAR(4) NOT NULL,
    "issued_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "agency" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_kk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "person_statement_person_idx" ON "person_statement"("person_id");

-- CreateIndex
CREATE INDEX "person_kk_person_idx" ON "person_kk"("person_id", "issued_on");

-- AddForeignKey
ALTER TABLE "person_statement" ADD CONSTRAINT "person_statement_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "person_kk" ADD CONSTRAINT "person_kk_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Whoever was registered before said something too: the record's own values, on the day they came in. The first
-- statement of such a record has the record's id.
INSERT INTO "person_statement" ("id", "person_id", "agency", "stated_on", "said", "recorded_by", "recorded_at")
SELECT "id", "id", "registered_by",
       ("registered_at" AT TIME ZONE coalesce((SELECT zone FROM platform.service), 'Asia/Jakarta'))::date,
       jsonb_strip_nulls(jsonb_build_object(
         'name', "name",
         'sex', "sex",
         'birthDate', CASE WHEN "birth_date" IS NOT NULL
                      THEN jsonb_build_object('date', "birth_date", 'precision', "birth_precision") END,
         'birthPlace', "birth_place",
         'motherName', "mother_name"))
       || CASE WHEN "kelurahan" IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('address', jsonb_build_object(
         'kelurahan', "kelurahan", 'rt', "rt", 'rw', "rw", 'line', "address_line")) END,
       'system', "registered_at"
FROM "person";
