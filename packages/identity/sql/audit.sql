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
