"""Why a doubt closes by itself."""

IS_THEM = "后来的资料已能认定就是此人"
IS_ANOTHER = "后来的资料已能认定是别人"
NOT_LIKELY = "后来的资料不再支持"
TOLD_ANEW = "报送方已重报，原来的行不再算数"
ALL = (IS_THEM, IS_ANOTHER, NOT_LIKELY, TOLD_ANEW)
