-- Generated from the kits' SQL by infra/check/platform-migration.ts. Change it there, then: npm run generate
-- packages/messaging/sql/messaging.sql
CREATE SCHEMA IF NOT EXISTS platform;

-- Whose database this is. Read inside emit, so that no caller can speak in another service's name.
CREATE TABLE platform.service (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  name text NOT NULL,
  zone text NOT NULL
);

-- How many events this service has told about a subject. Its row lock puts the events of one subject in order.
CREATE TABLE platform.subject_version (
  subject uuid PRIMARY KEY,
  version integer NOT NULL CHECK (version > 0)
);

-- Every event this service ever told. Rows are kept: a lost stream is rebuilt from them.
CREATE TABLE platform.outbox (
  id uuid PRIMARY KEY,
  -- Insertion order. Never a cursor: a late commit may carry a lower number than rows already published.
  seq bigint GENERATED ALWAYS AS IDENTITY,
  type text NOT NULL,
  subject uuid NOT NULL,
  subject_version integer NOT NULL,
  envelope jsonb NOT NULL,
  published_at timestamptz,
  UNIQUE (subject, subject_version)
);
CREATE UNIQUE INDEX outbox_unpublished ON platform.outbox (seq) WHERE published_at IS NULL;

-- Which stream the marks in the outbox speak of. A stream made anew has another `created`, and the marks fall.
CREATE TABLE platform.published_stream (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  created text NOT NULL,
  last_seq bigint NOT NULL
);

-- Every event this service has finished with: handled, passed over, or laid among the dead letters.
CREATE TABLE platform.inbox (
  source text NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, event_id)
);

-- The last version finished with, per producing service and subject. Its row lock keeps a subject's events in order.
CREATE TABLE platform.inbox_version (
  source text NOT NULL,
  subject uuid NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (source, subject)
);

-- How often the handler of an event has failed so far. A row lives only until the event is finished with.
CREATE TABLE platform.inbox_try (
  source text NOT NULL,
  event_id uuid NOT NULL,
  tries integer NOT NULL,
  PRIMARY KEY (source, event_id)
);

-- Events that could not be handled. `envelope` is null where the message was no event at all.
CREATE TABLE platform.dead_letter (
  source text NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  subject uuid,
  subject_version integer,
  envelope jsonb,
  reason text NOT NULL,
  tries integer NOT NULL,
  dead_at timestamptz NOT NULL DEFAULT now(),
  replay_requested_at timestamptz,
  replayed_at timestamptz,
  PRIMARY KEY (source, event_id)
);
CREATE INDEX dead_letter_replay_requested ON platform.dead_letter (replay_requested_at)
  WHERE replay_requested_at IS NOT NULL AND replayed_at IS NULL;

-- packages/identity/sql/audit.sql
CREATE SCHEMA IF NOT EXISTS platform;

-- Every read of personal data and every write (PV-05, DESIGN §7). Codes and ids only: no name, no NIK, no free text.
CREATE TABLE platform.audit_entry (
  id            uuid        PRIMARY KEY DEFAULT uuidv7(),
  at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor         text        NOT NULL,
  agency        text        NOT NULL,
  roles         text[]      NOT NULL,
  action        text        NOT NULL,
  purpose       text,
  subjects      uuid[]      NOT NULL,
  detail        jsonb       NOT NULL,
  trace_id      text,
  result        text        NOT NULL CHECK (result IN ('DONE', 'REFUSED')),
  -- The seal: set once, together, in the order in which rows were found committed.
  position      bigint      UNIQUE CHECK (position > 0),
  previous_hash text        CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
  hash          text        CHECK (hash ~ '^[0-9a-f]{64}$'),
  CHECK (num_nulls(position, previous_hash, hash) IN (0, 3))
);

CREATE INDEX audit_entry_unsealed ON platform.audit_entry (at, id) WHERE position IS NULL;
-- A subject's own trail (PV-04: access with processing trail within 3x24 hours).
CREATE INDEX audit_entry_subjects ON platform.audit_entry USING gin (subjects);

CREATE FUNCTION platform.audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF num_nonnulls(NEW.position, NEW.previous_hash, NEW.hash) = 0 THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    -- Sealing: an unsealed row gains its seal, and nothing else about it changes.
    IF OLD.position IS NULL AND NEW.position IS NOT NULL
       AND to_jsonb(NEW) - '{position,previous_hash,hash}'::text[] = to_jsonb(OLD) - '{position,previous_hash,hash}'::text[]
    THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'platform.audit_entry is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER audit_entry_rows BEFORE INSERT OR UPDATE OR DELETE ON platform.audit_entry
  FOR EACH ROW EXECUTE FUNCTION platform.audit_entry_is_append_only();
CREATE TRIGGER audit_entry_truncate BEFORE TRUNCATE ON platform.audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION platform.audit_entry_is_append_only();

-- packages/child-kit/sql/child.sql
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

-- packages/service-kit/sql/request.sql
CREATE SCHEMA IF NOT EXISTS platform;

-- A mutation's request id and what came of it: the same id sent twice writes once (EC-46).
CREATE TABLE platform.request (
  request_id  uuid PRIMARY KEY,
  actor       text NOT NULL,
  name        text NOT NULL,
  fingerprint bytea NOT NULL,
  result      text NOT NULL,
  at          timestamptz NOT NULL
);
