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
