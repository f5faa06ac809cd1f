/**
 * The transcript as the server made it, in a frame that can do nothing: it holds what a visitor wrote. A frame tells
 * nobody how tall its page is, so that it has a height of its own and scrolls.
 */
import type { ConversationRecord } from "@dymek/wire";
import { useLoaded } from "../admin/loaded.ts";
import { Reading } from "../admin/Reading.tsx";
import { words } from "../i18n/transcript.ts";
import { language, t } from "../i18n/index.ts";
import { zoneHere } from "../lib/format.ts";
import { dayOf } from "../ratings/span.ts";
import { ClockIcon, DownloadIcon } from "../ui/icons.tsx";
import { Blank } from "../ui/parts.tsx";
import { transcriptUrl, waitForTranscript } from "./read.ts";

export function Transcript({ record }: { record: ConversationRecord }) {
  const said = words();
  const id = record.conversation_id;
  const url = transcriptUrl(id, "html", zoneHere(), language.value);
  const [loaded, again] = useLoaded((off) => waitForTranscript(url, off), url);
  return (
    <section class="past__transcript" aria-labelledby="past-transcript">
      <div class="past__bar">
        <div>
          <h2 class="past__title" id="past-transcript">
            {said.transcript}
          </h2>
          <p class="past__lead">{said.transcriptLead}</p>
        </div>
        <a
          class="button button--small"
          href={transcriptUrl(id, "text", zoneHere(), language.value)}
          download={said.fileName(dayOf(new Date(record.started_at)))}
        >
          <DownloadIcon size={18} />
          {said.download}
        </a>
      </div>
      {loaded.state === "loading" && (
        <p class="sr" role="status">
          {said.preparing}
        </p>
      )}
      <Reading loaded={loaded} again={again}>
        {(there) =>
          there ? (
            <iframe class="past__frame" sandbox="" src={url} title={said.transcript} data-testid="transcript" />
          ) : (
            <Blank icon={<ClockIcon size={26} />} title={said.late.title} text={said.late.text} level={3}>
              <button type="button" class="button" onClick={again}>
                {t().retry}
              </button>
            </Blank>
          )
        }
      </Reading>
    </section>
  );
}
