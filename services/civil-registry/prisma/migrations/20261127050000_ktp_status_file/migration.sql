-- Files of KTP-el statuses beside files of population rows (KT-01, KT-02).

-- What the rows of a file are, and how many were of nobody whom the registry knows.
ALTER TABLE "intake" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'PENDUDUK';
ALTER TABLE "intake" ALTER COLUMN "kind" DROP DEFAULT;
ALTER TABLE "intake" ADD COLUMN "unknown" INTEGER NOT NULL DEFAULT 0;

-- The system that a file's status came from, as the file names it (KT-01); null where nobody said.
ALTER TABLE "ktp_status_change" ADD COLUMN "origin" VARCHAR(40);
