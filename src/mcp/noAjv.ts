// Replaces the libraries ajv and ajv-formats in the server's bundle. The protocol's library would check with
// them what users answer to a server's questions, and this server asks none; `server.ts` gives it another validator.

export default function unavailable(): never {
  throw new Error("JSON schemas aren't checked in this program.");
}
