/** The ids of cards that are being made; forgotten with what was typed. */
export { forgetId, idFor } from "../admin/kept.ts";
