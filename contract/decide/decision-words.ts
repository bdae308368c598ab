// Four words for a content hash, to be compared by eye or aloud: the page, JupyterLab and the thread in Slack show the same ones.

/**
 * The words of a SHA-256 (hex): one for each of its first four bytes.
 *
 * @example
 * decisionWords('00ff00ff…') // 'acorn violin acorn violin'
 */
export function decisionWords(hash: string): string {
  const bytes = [0, 2, 4, 6].map(at => Number.parseInt(hash.slice(at, at + 2), 16));
  return bytes.map(byte => WORDS[byte] ?? '–').join(' ');
}

/** 256 of them, short and hard to mistake for each other. Their order is never changed: old pages and new ones must say the same. */
const WORDS: readonly string[] = `
  acorn actor album alley amber anchor angel ankle apple apron arrow atlas attic autumn badge bagel
  baker banjo barn basil basin basket beach beaver bell berry bicycle bird biscuit blanket bonfire
  book border bottle bowl branch bread breeze brick bridge brook broom bucket button cabin cactus
  camel camera candle canoe canyon carpet carrot castle cedar cello chain chair chalk cheese cherry
  chess circle circus clock cloud clover coach coast cobra comet copper coral corner cotton cousin
  cradle crayon cream cricket crown crystal cup curtain daisy dancer desert diamond dinner dolphin
  donkey door dragon drawer drum duck eagle easel echo elbow elephant engine falcon farmer feather
  fence ferry fiddle field finger flag flame flute forest fossil fountain fox frog galaxy garden
  garlic gate ginger giraffe glacier glove goat gold goose granite grape guitar hammer hammock harbor
  harp hat hazel hedge helmet heron hill honey horizon horse hotel iceberg igloo iris island ivory ivy
  jacket jaguar jam jar jewel jigsaw juice kayak kettle kitchen kite kitten koala ladder lagoon lake
  lamp lantern lemon leopard letter lily lion lizard llama lobster locket magnet mango maple marble
  meadow melon mirror mitten monkey moon mountain mouse museum mustard napkin needle nest nickel novel
  nutmeg oak oasis ocean olive onion orange orchard otter owl oyster paddle palace panda paper parrot
  peach peacock pebble pencil pepper piano picnic pigeon pillow pilot planet plum pocket pony puzzle
  quartz quilt rabbit radio raft rain raven ribbon river robin rocket rose saddle sailor salmon scarf
  sculptor shovel silver spider spoon statue sugar sunset tiger tulip violin
`
  .trim()
  .split(/\s+/);
