-- AlterTable
ALTER TABLE "ktp_session_pupil" ADD COLUMN     "siak_source" TEXT,
ADD COLUMN     "siak_verdict" TEXT,
ADD COLUMN     "siak_differing" TEXT[];
