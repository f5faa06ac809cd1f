/** What is there for a conversation that was answered: its rating and its transcript. */
import "./css/rating.css";

export { RatingCard } from "./parts/rating.tsx";
export { TranscriptAfter, TranscriptQuestion } from "./parts/transcript.tsx";
