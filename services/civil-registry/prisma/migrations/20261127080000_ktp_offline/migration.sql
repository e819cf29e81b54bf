-- CreateTable
CREATE TABLE "ktp_bundle" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "taken_by" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "device" VARCHAR(43) NOT NULL,
    "device_key" JSONB NOT NULL,
    "child_ids" UUID[],
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "ktp_bundle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ktp_bundle_upload" (
    "id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "uploaded_by" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ktp_bundle_upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ktp_offline_entry" (
    "bundle_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "child_id" UUID,
    "entry" JSONB NOT NULL,
    "conflict" TEXT,

    CONSTRAINT "ktp_offline_entry_pkey" PRIMARY KEY ("bundle_id","id")
);

-- CreateIndex
CREATE INDEX "ktp_bundle_session_idx" ON "ktp_bundle"("session_id");

-- CreateIndex
CREATE INDEX "ktp_bundle_upload_bundle_idx" ON "ktp_bundle_upload"("bundle_id");

-- CreateIndex
CREATE INDEX "ktp_offline_entry_upload_idx" ON "ktp_offline_entry"("upload_id");

-- AddForeignKey
ALTER TABLE "ktp_bundle" ADD CONSTRAINT "ktp_bundle_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "ktp_session"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ktp_bundle_upload" ADD CONSTRAINT "ktp_bundle_upload_bundle_id_fkey" FOREIGN KEY ("bundle_id") REFERENCES "ktp_bundle"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ktp_offline_entry" ADD CONSTRAINT "ktp_offline_entry_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "ktp_bundle_upload"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
