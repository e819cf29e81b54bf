-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "client_id" VARCHAR(80) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "url" VARCHAR(500) NOT NULL,
    "topics" TEXT[],
    "agency" VARCHAR(16) NOT NULL,
    "role" VARCHAR(32) NOT NULL,
    "kelurahan" TEXT[],
    "schools" TEXT[],
    "state" VARCHAR(12) NOT NULL,
    "reason" VARCHAR(24),
    "state_since" TIMESTAMPTZ(3) NOT NULL,
    "failing_since" TIMESTAMPTZ(3),
    "secret" BYTEA NOT NULL,
    "secret_key" VARCHAR(40) NOT NULL,
    "old_secret" BYTEA,
    "old_secret_key" VARCHAR(40),
    "old_secret_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "notice_id" UUID,
    "topic" VARCHAR(40) NOT NULL,
    "about" VARCHAR(80) NOT NULL,
    "child_id" UUID,
    "permissions" TEXT[],
    "facts" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "state" VARCHAR(12) NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" SMALLINT NOT NULL,
    "lease" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_attempt" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" SMALLINT,
    "ms" INTEGER NOT NULL,
    "reason" VARCHAR(16),

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_endpoint_list_idx" ON "webhook_endpoint"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_delivery_log_idx" ON "webhook_delivery"("endpoint_id", "queued_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_delivery_queued_at_idx" ON "webhook_delivery"("queued_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_once" ON "webhook_delivery"("endpoint_id", "notice_id");

-- CreateIndex
CREATE INDEX "webhook_attempt_delivery_id_idx" ON "webhook_attempt"("delivery_id", "id");

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a dispatcher looks for: what waits, the longest due first.
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" ("endpoint_id", "due_at", "id") WHERE "state" = 'MENUNGGU';

-- What ended has no lease and says when; what waits has no end. See webhook/domain.ts.
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_ended" CHECK (
  CASE "state"
    WHEN 'MENUNGGU' THEN "ended_at" IS NULL AND num_nulls("lease", "lease_until") <> 1
    WHEN 'TERKIRIM' THEN "ended_at" IS NOT NULL AND "lease" IS NULL AND "lease_until" IS NULL
    WHEN 'GAGAL' THEN "ended_at" IS NOT NULL AND "lease" IS NULL AND "lease_until" IS NULL
    WHEN 'DITAHAN' THEN "ended_at" IS NOT NULL AND "lease" IS NULL AND "lease_until" IS NULL
    ELSE false
  END
);

-- An endpoint that is not active says why.
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_reason" CHECK (
  CASE "state"
    WHEN 'ACTIVE' THEN "reason" IS NULL
    WHEN 'PAUSED' THEN "reason" IS NOT NULL AND "reason" IN ('OFFICER', 'NOT_ANSWERING')
    WHEN 'DISABLED' THEN "reason" IS NOT NULL AND "reason" = 'GONE'
    ELSE false
  END
);
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_old_secret" CHECK (
  num_nulls("old_secret", "old_secret_key", "old_secret_until") IN (0, 3)
);
