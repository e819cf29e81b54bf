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
