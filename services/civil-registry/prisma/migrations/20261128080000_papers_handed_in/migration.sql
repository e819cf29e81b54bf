-- AlterTable
ALTER TABLE "ktp_session_pupil" ADD COLUMN "papers" TEXT[];
