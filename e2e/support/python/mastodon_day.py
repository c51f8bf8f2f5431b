"""A day with Mastodon.py: signs in, posts a picture, reads timelines and streams. Prints what came of it as JSON."""

import importlib.metadata
import json
import sys
import threading

from mastodon import Mastodon, StreamListener

base_url, email, password, picture, friend_token = sys.argv[1:]
SCOPES = ["read", "write", "follow", "push"]

client_id, client_secret = Mastodon.create_app("A day", scopes=SCOPES, api_base_url=base_url)
app = Mastodon(client_id=client_id, client_secret=client_secret, api_base_url=base_url)
app.log_in(email, password, scopes=SCOPES)
friend = Mastodon(access_token=friend_token, api_base_url=base_url)
me = app.account_verify_credentials()
friend_id = friend.account_verify_credentials().id
app.account_follow(friend_id)

events = []
mentioned = threading.Event()
complete = threading.Event()


class Listener(StreamListener):
    def on_update(self, status):
        events.append(["update", status.content])
        self.look()

    def on_notification(self, notification):
        events.append(["notification", notification.type])
        if notification.type == "mention":
            mentioned.set()
        self.look()

    def on_delete(self, status_id):
        events.append(["delete", str(status_id)])
        self.look()

    def on_abort(self, error):
        events.append(["abort", str(error)])
        complete.set()

    def look(self):
        names = {name for name, _ in events}
        if {"update", "delete"} <= names and ["notification", "favourite"] in events:
            complete.set()


stream = app.stream_user(Listener(), run_async=True)
assert app.stream_healthy()

media = app.media_post(picture, description="a small picture")
status = app.status_post("A picture of the #day", media_ids=[media], visibility="public", spoiler_text="a picture")
poll = app.status_post("Tea or coffee?", poll=app.make_poll(["Tea", "Coffee"], 3600))
friend.poll_vote(poll.poll, [1])
answer = friend.status_reply(status, "what a picture")
friend.status_favourite(status)
mentioned.wait(60)
friend.status_delete(answer)
complete.wait(60)
stream.close()

print(
    json.dumps(
        {
            "version": importlib.metadata.version("Mastodon.py"),
            "acct": me.acct,
            "instance": app.instance().version,
            "description": status.media_attachments[0].description,
            "own_votes": friend.poll(poll.poll).own_votes,
            "home": [str(shown.id) for shown in app.timeline_home()],
            "local": len(app.timeline_local()),
            "tag": len(app.timeline_hashtag("day")),
            "notifications": sorted({shown.type for shown in app.notifications()}),
            "found": [account.acct for account in app.search_v2("bob").accounts],
            "status": str(status.id),
            "deleted": str(answer.id),
            "events": events,
        }
    )
)
