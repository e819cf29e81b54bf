-- AlterTable
ALTER TABLE "person_statement" ADD COLUMN "ground" VARCHAR(500),
ADD COLUMN "weighed" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateTable
CREATE TABLE "person_dispute" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_as" TEXT,

    CONSTRAINT "person_dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute_backlog" (
    "person_id" UUID NOT NULL,

    CONSTRAINT "dispute_backlog_pkey" PRIMARY KEY ("person_id")
);

-- AddForeignKey
ALTER TABLE "person_dispute" ADD CONSTRAINT "person_dispute_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Of a child and a field one disagreement at most is open; who reads the list reads the open ones, oldest first.
CREATE UNIQUE INDEX "person_dispute_open_key" ON "person_dispute"("person_id", "field") WHERE "closed_at" IS NULL;
CREATE INDEX "person_dispute_list_idx" ON "person_dispute"("opened_at", "id") WHERE "closed_at" IS NULL;
ALTER TABLE "person_dispute" ADD CONSTRAINT "person_dispute_closed_check" CHECK (("closed_at" IS NULL) = ("closed_as" IS NULL));

-- Whether two spellings of a name agree SQL cannot say (ID-20): of whom more was said than once, and who is linked, the job
-- `decide-missing-disputes` decides by the rules of record/domain.ts.
INSERT INTO "dispute_backlog" ("person_id")
SELECT "person_id" FROM "person_statement" GROUP BY "person_id" HAVING count(*) > 1
UNION
SELECT a.canonical_id FROM platform.child_alias a JOIN "person" p ON p."id" = a.canonical_id WHERE a.linked;
