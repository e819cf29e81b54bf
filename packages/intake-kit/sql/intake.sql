-- Files that were taken in, and what came of their rows (ID-07, EC-46). No NIK and no name.

CREATE TABLE "intake" (
    "id" UUID NOT NULL,
    "file_name" VARCHAR(200) NOT NULL,
    "file_print" BYTEA NOT NULL,
    "format" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "dry_run" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "rows_done" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "warned" INTEGER NOT NULL DEFAULT 0,
    "unknown" INTEGER NOT NULL DEFAULT 0,
    "columns" JSONB NOT NULL,
    "remarks" JSONB NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "intake_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "intake_row" (
    "intake_id" UUID NOT NULL,
    "row_no" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "child_id" UUID,
    "problems" JSONB NOT NULL,

    CONSTRAINT "intake_row_pkey" PRIMARY KEY ("intake_id","row_no")
);

CREATE TABLE "intake_dry_print" (
    "intake_id" UUID NOT NULL,
    "print" BYTEA NOT NULL,
    "person" BYTEA NOT NULL,

    CONSTRAINT "intake_dry_print_pkey" PRIMARY KEY ("intake_id","print")
);

CREATE INDEX "intake_file_print_idx" ON "intake"("file_print");

ALTER TABLE "intake_row" ADD CONSTRAINT "intake_row_intake_id_fkey" FOREIGN KEY ("intake_id") REFERENCES "intake"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
