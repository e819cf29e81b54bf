-- What a child is found by when another comes in (ID-20, ID-21): by index, never by reading the table.
-- CreateTable
CREATE TABLE "match_key" (
    "child_id" UUID NOT NULL,
    "keys" INTEGER[],

    CONSTRAINT "match_key_pkey" PRIMARY KEY ("child_id")
);

-- CreateIndex
-- Without a list of pending entries: every lookup would read all of it, and the planner then prefers the whole table.
CREATE INDEX "match_key_keys_idx" ON "match_key" USING GIN ("keys") WITH (fastupdate = off);

-- AddForeignKey
ALTER TABLE "match_key" ADD CONSTRAINT "match_key_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
