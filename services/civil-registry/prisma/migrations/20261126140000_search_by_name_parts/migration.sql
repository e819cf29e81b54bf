-- Names are found by any of their words, in any order, a slip of the pen included (ID-20).
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateIndex
CREATE INDEX "person_name_trigrams_idx" ON "person" USING GIN ("name_key" gin_trgm_ops);
