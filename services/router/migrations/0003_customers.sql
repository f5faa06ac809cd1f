-- Whose a conversation is: a customer's conversations, and whether the site vouched for the address at the start.

ALTER TABLE conversation ADD COLUMN verified boolean NOT NULL DEFAULT false;

-- The header alone says whose it is, so that a release that does not know of this index keeps it right as well.
CREATE INDEX conversation_of_customer ON conversation ((header ->> 'customer_id'), waiting_since DESC)
    WHERE header ->> 'customer_id' IS NOT NULL;
