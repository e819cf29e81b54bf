-- CreateTable
CREATE TABLE "print_batch" (
    "id" UUID NOT NULL,
    "npsn" VARCHAR(8),
    "kecamatan" VARCHAR(8),
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT NOT NULL,
    "ba_year" INTEGER,
    "ba_number" INTEGER,
    "handed_on" DATE,
    "return_on" DATE,
    "giver_name" VARCHAR(120),
    "giver_office" VARCHAR(120),
    "receiver_name" VARCHAR(120),
    "receiver_office" VARCHAR(120),

    CONSTRAINT "print_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "print_card" (
    "batch_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "child_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "spoiled" INTEGER NOT NULL,
    "moved_at" TIMESTAMPTZ(3),
    "moved_by" TEXT,

    CONSTRAINT "print_card_pkey" PRIMARY KEY ("batch_id","number")
);

-- CreateTable
CREATE TABLE "card_stock_move" (
    "id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "delta" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "batch_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "card_stock_move_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "print_batch_number_idx" ON "print_batch"("ba_year", "ba_number");

-- CreateIndex
CREATE INDEX "print_batch_npsn_idx" ON "print_batch"("npsn", "id");

-- CreateIndex
CREATE INDEX "print_batch_return_on_idx" ON "print_batch"("return_on");

-- CreateIndex
CREATE INDEX "print_card_child_idx" ON "print_card"("child_id");

-- CreateIndex
CREATE INDEX "print_card_state_idx" ON "print_card"("state", "batch_id");

-- CreateIndex
CREATE INDEX "card_stock_move_item_idx" ON "card_stock_move"("item");

-- AddForeignKey
ALTER TABLE "print_card" ADD CONSTRAINT "print_card_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "print_batch"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
