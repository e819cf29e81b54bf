-- Persons by each word of their names, and words by their slips of the pen (ID-20, docs/adr/0016). Kept by triggers on
-- "person": whoever writes a person, by whatever way, cannot leave them behind.

CREATE SCHEMA search;

-- A person under one word of its name ('N') or of its mother's ('M'), with all that narrows a search.
CREATE TABLE search.person_word (
  kind       char(1)  NOT NULL CHECK (kind IN ('N', 'M')),
  word       text     COLLATE "C" NOT NULL,
  person_id  uuid     NOT NULL,
  birth_date date,
  kelurahan  varchar(13),
  name_key   text     COLLATE "C" NOT NULL,
  mother_key text     COLLATE "C",
  -- INCLUDE: one word's persons are read, in the order of their ids, and narrowed in the index alone.
  PRIMARY KEY (kind, word, person_id) INCLUDE (birth_date, kelurahan, name_key, mother_key)
);

-- Every word that stands in some name, under each form in which a slip of the pen would meet it. Words only: of nobody.
-- No key: a word may stand twice where two wrote it first at the same moment, and nobody waits for anybody over it.
CREATE TABLE search.word_form (
  form text COLLATE "C" NOT NULL,
  word text COLLATE "C" NOT NULL
);
CREATE INDEX word_form_idx ON search.word_form (form, word);

-- The words under which a person is found, 'N' of its own name, 'M' of the mother's.
CREATE FUNCTION search.words_of(name_key text, mother_key text) RETURNS TABLE (kind char(1), word text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 AS $$
  SELECT DISTINCT 'N'::char(1), one.word FROM unnest(string_to_array(name_key, ' ')) AS one (word) WHERE one.word <> ''
  UNION ALL
  SELECT DISTINCT 'M'::char(1), one.word FROM unnest(string_to_array(mother_key, ' ')) AS one (word) WHERE one.word <> ''
$$;

-- The word, its readings of old spelling, and each of these of four letters or more with one letter left out: two words
-- a slip of the pen apart have one of these in common. `formsOf` in src/search/domain.ts says the same of what is asked.
CREATE FUNCTION search.forms_of(word text) RETURNS TABLE (form text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 12 AS $$
  WITH old (reading) AS (
    SELECT replace(replace(replace(replace(word, 'OE', 'U'), 'DJ', 'J'), 'TJ', 'C'), 'SJ', 'SY')
    UNION ALL
    SELECT replace(regexp_replace(replace(replace(replace(word, 'OE', 'U'), 'TJ', 'C'), 'SJ', 'SY'), '(?<!D)J', 'Y', 'g'), 'DJ', 'J')
  ),
  reading (reading) AS (
    SELECT word UNION SELECT reading FROM old UNION SELECT replace(reading, 'J', 'Y') FROM old
  )
  SELECT reading FROM reading
  UNION
  SELECT overlay(reading PLACING '' FROM place FOR 1)
  FROM reading CROSS JOIN LATERAL generate_series(1, length(reading)) place
  WHERE length(reading) >= 4
$$;

CREATE FUNCTION search.person_words_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM search.person_word held
    USING person_before was
      JOIN person_after now_is USING (id)
      CROSS JOIN LATERAL search.words_of(was.name_key, was.mother_key) one
    WHERE held.kind = one.kind AND held.word = one.word AND held.person_id = was.id
      AND (was.name_key, was.mother_key, was.birth_date, was.kelurahan)
        IS DISTINCT FROM (now_is.name_key, now_is.mother_key, now_is.birth_date, now_is.kelurahan);
  END IF;
  INSERT INTO search.word_form (form, word)
  SELECT forms.form, fresh.word
  FROM (SELECT DISTINCT one.word
        FROM person_after now_is CROSS JOIN LATERAL search.words_of(now_is.name_key, now_is.mother_key) one
        WHERE NOT EXISTS (SELECT FROM search.word_form known WHERE known.form = one.word AND known.word = one.word)) fresh
    CROSS JOIN LATERAL search.forms_of(fresh.word) forms;
  INSERT INTO search.person_word (kind, word, person_id, birth_date, kelurahan, name_key, mother_key)
  SELECT one.kind, one.word, now_is.id, now_is.birth_date, now_is.kelurahan, now_is.name_key, now_is.mother_key
  FROM person_after now_is CROSS JOIN LATERAL search.words_of(now_is.name_key, now_is.mother_key) one
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;

CREATE FUNCTION search.person_words_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search.person_word held
  USING person_before was CROSS JOIN LATERAL search.words_of(was.name_key, was.mother_key) one
  WHERE held.kind = one.kind AND held.word = one.word AND held.person_id = was.id;
  RETURN NULL;
END
$$;

CREATE TRIGGER person_words_inserted AFTER INSERT ON "person"
  REFERENCING NEW TABLE AS person_after
  FOR EACH STATEMENT EXECUTE FUNCTION search.person_words_written();
CREATE TRIGGER person_words_updated AFTER UPDATE ON "person"
  REFERENCING OLD TABLE AS person_before NEW TABLE AS person_after
  FOR EACH STATEMENT EXECUTE FUNCTION search.person_words_written();
CREATE TRIGGER person_words_deleted AFTER DELETE ON "person"
  REFERENCING OLD TABLE AS person_before
  FOR EACH STATEMENT EXECUTE FUNCTION search.person_words_gone();

-- Persons who are here already.
INSERT INTO search.word_form (form, word)
SELECT forms.form, known.word
FROM (SELECT DISTINCT one.word FROM person CROSS JOIN LATERAL search.words_of(name_key, mother_key) one) known
  CROSS JOIN LATERAL search.forms_of(known.word) forms;
INSERT INTO search.person_word (kind, word, person_id, birth_date, kelurahan, name_key, mother_key)
SELECT one.kind, one.word, id, birth_date, kelurahan, name_key, mother_key
FROM person CROSS JOIN LATERAL search.words_of(name_key, mother_key) one;

-- DropIndex
DROP INDEX "person_name_trigrams_idx";
