"""Which of a conversation's ratings counts.

Invariant: a conversation has one rating, the one given last, in whatever order and how often ratings arrive.
"""

from contracts.tickets import SubmitRating


def replaces(rating: SubmitRating, stored: SubmitRating) -> bool:
    """Whether `rating` takes the place of the one stored for the same conversation.

    A resend carries the same client id and changes nothing. The client id also decides between two of one moment,
    so that every order of arrival ends the same.
    """
    if rating.client_id == stored.client_id:
        return False
    return (rating.rated_at, rating.client_id) > (stored.rated_at, stored.client_id)
