# A hold point in a client without the extension asks by input request, and fails closed where nobody can be asked.
# Each test has its own, because an approval that nothing has changed since stays given.


def hold(name: str) -> str:
    return f"await approval('{name}')\nconsole.log('released')"


def test_a_hold_point_is_released_by_an_answer(client):
    request = client.send(hold('QA sign-off'), allow_stdin=True)
    question = client.input_request()
    assert question["msg_type"] == "input_request"
    assert question["parent_header"]["msg_id"] == request
    assert "QA sign-off" in question["content"]["prompt"]
    assert question["content"]["password"] is False
    client.channels.input("approve looks good")
    run = client.finish(request)
    assert run.content["status"] == "ok"
    assert "released" in run.text()


def test_a_hold_point_that_is_rejected_stops_the_queue(client):
    request = client.send(hold('Go-live'), allow_stdin=True)
    behind = client.send("console.log('must not appear')")
    client.input_request()
    client.channels.input("reject not yet")
    run = client.finish(request)
    assert run.content["status"] == "error"
    assert "released" not in run.text()
    assert client.finish(behind).content["status"] == "aborted"


def test_a_hold_point_fails_closed_where_nobody_can_be_asked(client):
    run = client.run(hold('Nobody there'), allow_stdin=False)
    assert run.content["status"] == "error"
    assert "released" not in run.text()
