-- AlterTable
ALTER TABLE "school" ADD COLUMN     "kind" TEXT,
ADD COLUMN     "latitude" DOUBLE PRECISION,
ADD COLUMN     "longitude" DOUBLE PRECISION,
ADD COLUMN     "closed_on" DATE,
ADD COLUMN     "merged_into" VARCHAR(8);

-- By hand: the kind of the schools that are there follows from who teaches and the first level. What a school teaches
-- beyond it stays in its levels, and the Education Office corrects the few that are called otherwise.
UPDATE "school" SET "kind" = CASE
  WHEN "provider" = 'SCHOOL' AND 'PAUD' = ANY("levels") THEN 'TK'
  WHEN "provider" = 'SCHOOL' AND 'SD' = ANY("levels") THEN 'SD'
  WHEN "provider" = 'SCHOOL' AND 'SMP' = ANY("levels") THEN 'SMP'
  WHEN "provider" = 'SCHOOL' THEN 'SMA'
  WHEN "provider" = 'MADRASAH' AND 'PAUD' = ANY("levels") THEN 'RA'
  WHEN "provider" = 'MADRASAH' AND 'SD' = ANY("levels") THEN 'MI'
  WHEN "provider" = 'MADRASAH' AND 'SMP' = ANY("levels") THEN 'MTS'
  WHEN "provider" = 'MADRASAH' THEN 'MA'
  ELSE "provider"
END;
ALTER TABLE "school" ALTER COLUMN "kind" SET NOT NULL;

-- CreateIndex
CREATE INDEX "school_kind_idx" ON "school"("kind");

-- AddForeignKey
ALTER TABLE "school" ADD CONSTRAINT "school_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "school"("npsn") ON DELETE NO ACTION ON UPDATE NO ACTION;
