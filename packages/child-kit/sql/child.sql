-- What every service keeps of children it does not own (DESIGN §4, §7): projections of other agencies' events.
CREATE SCHEMA IF NOT EXISTS platform;

-- A decision that two ids are one person. Rows are never removed: an unlink turns `linked` off, so that an old
-- message that comes once more (`version` not above the row's) changes nothing.
CREATE TABLE platform.child_alias (
  alias_id     uuid    NOT NULL,
  canonical_id uuid    NOT NULL,
  linked       boolean NOT NULL DEFAULT true,
  version      bigint  NOT NULL DEFAULT 0,
  PRIMARY KEY (alias_id, canonical_id),
  CHECK (alias_id <> canonical_id)
);
CREATE INDEX child_alias_canonical_id ON platform.child_alias (canonical_id);

-- Children that some agency registered or presented: an id that nobody told of is nobody's child.
CREATE TABLE platform.child_known (
  child_id uuid PRIMARY KEY
);

-- Protection level of a child (PV-14); a child without a row is at level 2.
CREATE TABLE platform.child_level (
  child_id uuid    PRIMARY KEY,
  level    integer NOT NULL CHECK (level BETWEEN 1 AND 4),
  version  bigint  NOT NULL DEFAULT 0
);

-- What a referral opened of one child to its receiver, until it is declined, completed or expires (DESIGN §7).
CREATE TABLE platform.referral_grant (
  referral_id uuid        PRIMARY KEY,
  child_id    uuid        NOT NULL,
  agency      text        NOT NULL,
  parts       text[]      NOT NULL,
  expires_at  timestamptz NOT NULL,
  live        boolean     NOT NULL DEFAULT true,
  version     bigint      NOT NULL DEFAULT 0
);
CREATE INDEX referral_grant_child_id ON platform.referral_grant (child_id) WHERE live;

-- Where a child is enrolled: a school committee reads about its own pupils, whichever service holds the data (PV-18).
CREATE TABLE platform.child_school (
  enrolment_id uuid PRIMARY KEY,
  child_id     uuid NOT NULL,
  npsn         text NOT NULL,
  -- The first day on which it no longer runs. Never taken back: a start that is heard late leaves it.
  ended_on     date
);
CREATE INDEX child_school_child_id ON platform.child_school (child_id);

-- Every id of the person that `child` is, itself included. UNION drops what was seen, so a circle ends.
CREATE FUNCTION platform.child_group(child uuid) RETURNS TABLE (member_id uuid)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2 AS $$
  WITH RECURSIVE member (id) AS (
    SELECT child
    UNION
    SELECT neighbour.id FROM member CROSS JOIN LATERAL (
      SELECT canonical_id AS id FROM platform.child_alias WHERE alias_id = member.id AND linked
      UNION ALL
      SELECT alias_id FROM platform.child_alias WHERE canonical_id = member.id AND linked
    ) neighbour
  )
  SELECT id FROM member
$$;

-- The level at which all records of this person are kept: the highest known for any of its ids, never below a
-- child's own 2. For the WHERE of lists and counts, where level 4 must not even be counted.
CREATE FUNCTION platform.child_level_of(child uuid) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT greatest(2, max(known.level))
  FROM platform.child_group(child) one LEFT JOIN platform.child_level known ON known.child_id = one.member_id
$$;
