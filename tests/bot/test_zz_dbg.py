import asyncio, time
from datetime import timedelta
from tests.bot.seed import holding
from tests.bot.walk import *
async def test_dbg(api, limber, serving, catalogue):
    chat = holding(catalogue, timedelta(seconds=14))
    await serving({1001: chat})
    ada = api.person(1001)
    await says(ada, "/start", "Your session is still open")
    await asyncio.sleep(12)
    await ada.taps("Pause"); await asyncio.sleep(3)
    await ada.taps("Resume"); await asyncio.sleep(15)
    t0=api.calls[0].at
    for c in api.calls:
        if c.method.startswith(("send","edit","answer","delete")): print(round(c.at-t0,2), c.method, c.status, words(c)[:60].replace("\n"," | "), str(c.answer)[:90] if c.status!=200 else "")
    print(limber.errors[-3000:])
    assert 0
