-- Pupils of the ministry's list of children out of school (AT-13) that came in before: the HMAC of the ministry's own id.

CREATE TABLE "ats_listed_pupil" (
    "print" BYTEA NOT NULL,
    "child_id" UUID NOT NULL,

    CONSTRAINT "ats_listed_pupil_pkey" PRIMARY KEY ("print")
);
