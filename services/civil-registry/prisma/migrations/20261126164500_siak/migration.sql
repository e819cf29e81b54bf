-- CreateTable
CREATE TABLE "siak_lookup" (
    "nik_index" BYTEA NOT NULL,
    "nik_cipher" BYTEA,
    "nik_key_id" TEXT,
    "state" TEXT NOT NULL,
    "waiting_since" TIMESTAMPTZ(3) NOT NULL,
    "asked_on" DATE,
    "record_cipher" BYTEA,
    "record_key_id" TEXT,
    "source" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "siak_lookup_pkey" PRIMARY KEY ("nik_index"),
    -- What waits has its NIK, what is answered has its source and no NIK any more.
    CONSTRAINT "siak_lookup_state_check" CHECK (
        ("state" = 'MENUNGGU' AND "nik_cipher" IS NOT NULL AND "nik_key_id" IS NOT NULL)
        OR ("state" = 'TERJAWAB' AND "nik_cipher" IS NULL AND "source" IS NOT NULL
            AND "answered_at" IS NOT NULL AND "expires_at" IS NOT NULL))
);

-- CreateTable
CREATE TABLE "siak_day" (
    "day" DATE NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "exhausted" BOOLEAN NOT NULL DEFAULT false,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "away_until" TIMESTAMPTZ(3),

    CONSTRAINT "siak_day_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE INDEX "siak_lookup_waiting_idx" ON "siak_lookup"("state", "waiting_since", "nik_index");
